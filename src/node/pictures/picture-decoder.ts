import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PictureRows } from '../../data/pictures/fit-picture.js';
import { decodeSource } from './decode-source.js';
import { type DecodedPicture, pictureRows } from './picture-rows.js';

/** Decodes pictures one after the other, beside the main thread. */
export interface PictureDecoder {
  /** @throws Error that says why the bytes are no whole PNG or JPEG picture. */
  decode(bytes: Uint8Array): Promise<PictureRows>;
  close(): Promise<void>;
}

/** Most pixels of a picture; a file of a few bytes may promise any number. */
const mostMegapixels = 200;

type Answer = DecodedPicture | { readonly reason: string };

/** A decoder with a thread of its own. */
export function createPictureDecoder(): PictureDecoder {
  const worker = new Worker(decodeSource, { eval: true, workerData: decoderModules() });
  return {
    decode: async (bytes) => {
      const isPng = requirePicture(bytes);
      const answer = await ask(worker, { bytes, isPng, megapixels: mostMegapixels });
      if ('reason' in answer) throw new Error(answer.reason);
      return pictureRows(answer);
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

function decoderModules(): { readonly png: string; readonly jpeg: string } {
  const { resolve } = createRequire(import.meta.url);
  return { png: pathToFileURL(resolve('fast-png')).href, jpeg: pathToFileURL(resolve('jpeg-js')).href };
}

function ask(worker: Worker, question: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    const onMessage = (answer: Answer) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error('the decoder ended')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(question);
  });
}

/** Whether bytes begin as PNG does; refuses what begins as neither PNG nor JPEG, and PNG of more pixels than there may be. */
function requirePicture(bytes: Uint8Array): boolean {
  const begins = (...start: number[]) => start.every((byte, place) => bytes[place] === byte);
  if (begins(0xff, 0xd8, 0xff)) return false;
  if (!begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) || bytes.length < 33) {
    throw new Error('it begins as neither PNG nor JPEG');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pixels = view.getUint32(16) * view.getUint32(20);
  if (pixels > mostMegapixels * 1e6) throw new Error(`it has ${pixels} pixels, more than ${mostMegapixels} million`);
  return true;
}
