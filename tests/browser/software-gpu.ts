/** Flags that give a headless Chromium a software GPU for WebGL and WebGPU, so that the same run works on machines without any. */
export function softwareGpu(): string[] {
  return [
    '--headless=new',
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-unsafe-webgpu',
    '--enable-unsafe-swiftshader',
    '--use-webgpu-adapter=swiftshader',
    '--use-gl=angle',
    '--use-angle=swiftshader',
  ];
}
