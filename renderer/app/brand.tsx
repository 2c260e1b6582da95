/** The mark: a hexagonal fort seen from above. */
export function Brand({ size }: { readonly size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden style={{ flex: 'none' }}>
      <path d="M16 1.8 28.3 8.9v14.2L16 30.2 3.7 23.1V8.9z" fill="var(--mantine-color-petrol-8)" />
      <path d="M16 8.2 22.8 12.1v7.8L16 23.8 9.2 19.9v-7.8z" fill="none" stroke="#eaf4f1" strokeWidth="2.2" strokeLinejoin="round" />
      <circle cx="16" cy="16" r="2.3" fill="#eaf4f1" />
    </svg>
  );
}
