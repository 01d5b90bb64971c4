import { readImageFiles } from '../../src/data/pictures/read-image-files.js';

/** What {@link readPictures} saw, as numbers and messages. */
export interface PicturesSeen {
  /** The pixel of each picture by the name of its file, of [0, 255]. */
  readonly pixels: Readonly<Record<string, readonly number[]>>;
  /** Why a file was refused, by its name. */
  readonly refusals: Readonly<Record<string, string>>;
}

/** Reads pictures that the browser itself makes, each down to one pixel, and files that are none. */
export async function readPictures(): Promise<PicturesSeen> {
  const clear = await drawn('clear.png', 8, 'rgba(255, 0, 0, 0.5)');
  const photo = await drawn('photo.jpg', 16, 'rgb(200, 100, 50)');
  const huge = await drawn('huge.png', 5000, 'rgb(10, 20, 30)');
  const { images, files } = await readImageFiles([photo, huge, clear], { size: [1, 1], range: [0, 255] });
  const pixels = files.map((name, place) => [name, Array.from(images.values.slice(3 * place, 3 * place + 3))] as const);
  const bad = [
    new File(['no picture'], 'broken.png'),
    new File([clear.slice(0, 40)], 'half.png'),
    new File([withSide(await clear.arrayBuffer(), 100_000)], 'endless.png'),
  ];
  const refusals = bad.map(async (file) => {
    const reading = readImageFiles([clear, file], { size: [1, 1] });
    return [
      file.name,
      await reading.then(
        () => 'taken',
        ({ message }: Error) => message,
      ),
    ] as const;
  });
  return { pixels: Object.fromEntries(pixels), refusals: Object.fromEntries(await Promise.all(refusals)) };
}

async function drawn(name: string, side: number, colour: string): Promise<File> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, side, side);
  const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  return new File([await canvas.convertToBlob({ type, quality: 1 })], name, { type });
}

// A PNG file says its width and height at bytes 16 and 20.
function withSide(bytes: ArrayBuffer, side: number): ArrayBuffer {
  const view = new DataView(bytes);
  view.setUint32(16, side);
  view.setUint32(20, side);
  return bytes;
}
