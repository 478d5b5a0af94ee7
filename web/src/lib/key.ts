/** "At risk, renewing soon" → "at_risk_renewing_soon"; empty where no letter or digit is left. */
export function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
}

/** What somebody types, brought to what a key may hold. */
export function asKey(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_]/g, '');
}
