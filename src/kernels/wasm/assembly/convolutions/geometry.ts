/** The convolution at hand, set before each of its kernels: sizes are elements, strides and dilations are pixels. */
export let inHeight: usize = 0;
export let inWidth: usize = 0;
export let inChannels: usize = 0;
export let outHeight: usize = 0;
export let outWidth: usize = 0;
export let outChannels: usize = 0;
export let filterHeight: usize = 0;
export let filterWidth: usize = 0;
export let strideHeight: usize = 0;
export let strideWidth: usize = 0;
export let dilationHeight: usize = 0;
export let dilationWidth: usize = 0;
export let padTop: usize = 0;
export let padLeft: usize = 0;
/** Scratch memory of four windows' positions, then zeros for at least `inChannels` numbers: what padding reads. */
export let positions: usize = 0;
export let zeros: usize = 0;

/** Bytes that `setGeometry` needs at `scratch`. */
export function geometryScratch(channels: usize): usize {
  return 64 + ((channels + 3) << 2);
}

export function setGeometry(
  newInHeight: usize,
  newInWidth: usize,
  newInChannels: usize,
  newOutHeight: usize,
  newOutWidth: usize,
  newOutChannels: usize,
  newFilterHeight: usize,
  newFilterWidth: usize,
  newStrideHeight: usize,
  newStrideWidth: usize,
  newDilationHeight: usize,
  newDilationWidth: usize,
  newPadTop: usize,
  newPadLeft: usize,
  scratch: usize,
): void {
  inHeight = newInHeight;
  inWidth = newInWidth;
  inChannels = newInChannels;
  outHeight = newOutHeight;
  outWidth = newOutWidth;
  outChannels = newOutChannels;
  filterHeight = newFilterHeight;
  filterWidth = newFilterWidth;
  strideHeight = newStrideHeight;
  strideWidth = newStrideWidth;
  dilationHeight = newDilationHeight;
  dilationWidth = newDilationWidth;
  padTop = newPadTop;
  padLeft = newPadLeft;
  positions = scratch;
  zeros = scratch + 64;
  memory.fill(zeros, 0, (newInChannels + 3) << 2);
}

/** The first output place, counted from `from`, whose window position `offset + place * stride` is not negative. */
export function firstInside(offset: isize, stride: usize): usize {
  return offset >= 0 ? 0 : (<usize>-offset + stride - 1) / stride;
}

/** The first output place, at most `places`, whose window position `offset + place * stride` is past `size`. */
export function firstPast(offset: isize, stride: usize, size: usize, places: usize): usize {
  if (offset >= <isize>size) return 0;
  return min(places, (<usize>(<isize>size - offset) + stride - 1) / stride);
}
