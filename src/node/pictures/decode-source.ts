/**
 * What the threads run that decode pictures: decoders work in one go, of large pictures for a second. Their modules are named
 * by address, since a program in a text has no folder to look for them from.
 */
export const decodeSource = `
const { parentPort, workerData } = require('node:worker_threads');
const loading = Promise.all([import(workerData.png), import(workerData.jpeg)]);
parentPort.on('message', async ({ bytes, isPng, megapixels }) => {
  try {
    const [png, jpeg] = await loading;
    const limits = { maxResolutionInMP: megapixels, maxMemoryUsageInMB: 4096 };
    const found = isPng
      ? png.decode(bytes, { checkCrc: true })
      : jpeg.default.decode(bytes, { ...limits, useTArray: true, tolerantDecoding: false });
    const { width, height, depth = 8, channels = 4, transparency } = found;
    const plain = found.palette
      ? { data: png.convertIndexedToRgb(found), channels: found.palette.at(0).length, depth: 8 }
      : { data: found.data, channels, depth };
    parentPort.postMessage({ width, height, transparency, ...plain }, [plain.data.buffer]);
  } catch (error) {
    parentPort.postMessage({ reason: String(error && error.message ? error.message : error) });
  }
});
`;
