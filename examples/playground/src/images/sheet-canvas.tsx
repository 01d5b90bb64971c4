import { useEffect, useRef } from 'preact/hooks';
import type { Sheet } from './services.js';
import { pictureSide } from './settings.js';

/** Pictures side by side. */
export function SheetCanvas({ sheet, label }: { readonly sheet: Sheet | undefined; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = sheet?.columns ?? 1;
  const rows = sheet?.rows ?? 1;
  useEffect(() => {
    const width = columns * pictureSide;
    if (sheet) canvas.current?.getContext('2d')?.putImageData(new ImageData(sheet.pixels, width), 0, 0);
  }, [sheet, columns]);
  return (
    <canvas ref={canvas} role="img" aria-label={label} width={columns * pictureSide} height={rows * pictureSide} />
  );
}
