export interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url?: string };
  readonly [name: string]: unknown;
}
export function addressFields(address: string): Readonly<Record<string, unknown>>;
export function addressOf(manifest: Manifest): string | undefined;
export function withAbsoluteLinks(page: string, address: string): string;
export function releaseFaults(release: {
  readonly manifest: Manifest;
  readonly readme: string;
  readonly changelog: string;
  readonly changesets: readonly string[];
}): string[];
