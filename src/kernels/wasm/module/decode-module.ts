/** The bytes of a compiled module, which our files hold deflated (zlib, RFC 1950) and in base64: in browsers and in Node alike. */
export async function decodeModule(text: string): Promise<Uint8Array<ArrayBuffer>> {
  // Every host with SIMD has it, but for a few browsers of 2021 to 2023.
  if (typeof DecompressionStream === 'undefined')
    throw new WebAssembly.CompileError('there is no DecompressionStream here');
  const deflated = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
