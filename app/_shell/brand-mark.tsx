export function BrandMark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M2 2h6v6H2zM10 10h6v6h-6z" fill="currentColor" />
      <path
        d="M10.75 2.75h4.5v4.5h-4.5zM2.75 10.75h4.5v4.5h-4.5z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
