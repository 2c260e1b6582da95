/** DER as PEM: 64 base64 characters a line, one newline at the end (RFC 7468). */
export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The DER of a PEM text with exactly one block of this label, or null. */
export function fromPem(label: string, text: string): Uint8Array<ArrayBuffer> | null {
  const match = new RegExp(`^-----BEGIN ${label}-----\n(?<body>[A-Za-z0-9+/=\n]+)\n-----END ${label}-----\n$`).exec(text);
  return match?.groups?.['body'] ? new Uint8Array(Buffer.from(match.groups['body'], 'base64')) : null;
}
