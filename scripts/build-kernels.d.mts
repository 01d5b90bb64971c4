/** The compiled kernels. Throws with the compiler's own words when the sources do not compile. */
export function compileKernels(): Promise<Uint8Array>;
/** The text of module-bytes.ts for compiled kernels. */
export function moduleSource(bytes: Uint8Array): string;
