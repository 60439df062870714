/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run verify` checks types of the whole repository with the same compiler; once is enough.
  typescript: { ignoreBuildErrors: true },
};

export default config;
