/** Each module's source in assembly/, and the file for its bytes. */
export const modules: readonly { readonly source: string; readonly target: string }[];
/** The module compiled from src/kernels/wasm/assembly, from `index.ts` unless another source is named. */
export function compileKernels(source?: string, others?: readonly string[]): Promise<Uint8Array>;
/** The text of the file that holds a compiled module. */
export function moduleSource(bytes: Uint8Array): string;
/** The compiled module that such a text holds; empty where it holds none. */
export function moduleIn(text: string): Buffer;
