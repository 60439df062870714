/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The server in server/main.ts answers everything that is not a page; it compresses nothing that a proxy should.
  compress: true,
};

export default config;
