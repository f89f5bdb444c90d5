/** The lengths of prefix that a VPC may have here: EC2 takes /16 to /28, and four subnets of at least /28 fit a /24. */
const prefixes = { from: 16, to: 24 };

/** A subnet's prefix is longer than its VPC's by so much: four subnets take a quarter of it. */
const subnetBits = 4;

/** The first address of a block as a number, and the length of its prefix; undefined for what is no IPv4 block. */
export function parseCidr(cidr: string): { readonly base: number; readonly prefix: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return base % 2 ** (32 - prefix) === 0 ? { base, prefix } : undefined;
}

/** Whether a VPC with its subnets can have these addresses. */
export function fitsVpc(cidr: string): boolean {
  const prefix = parseCidr(cidr)?.prefix;
  return prefix !== undefined && prefix >= prefixes.from && prefix <= prefixes.to;
}

/** The addresses of a VPC's subnet by its number, from 0. Throws a `RangeError` for a VPC of no such size. */
export function subnetCidr(vpc: string, index: number): string {
  const block = parseCidr(vpc);
  if (block === undefined || !fitsVpc(vpc)) throw new RangeError(`${vpc} is no block for a VPC.`);
  const prefix = block.prefix + subnetBits;
  const base = block.base + index * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((bits) => Math.floor(base / 2 ** bits) % 256).join('.')}/${prefix}`;
}
