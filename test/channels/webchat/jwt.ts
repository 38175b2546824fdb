/** A token taken apart without checking it, as a client does. */
export function jwtParts(token: string): {
  header: string;
  payload: string;
  signature: string;
  claims: Record<string, unknown>;
} {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return {
    header,
    payload,
    signature,
    claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>,
  };
}
