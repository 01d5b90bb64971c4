/**
 * Packing: a panel holds, for each step of a product's inner dimension, the numbers of all its lanes side by side.
 *
 * Lanes are rows of the left operand or columns of the right one. Lanes past the operand's edge become zeros, so that
 * full tiles may be computed everywhere.
 */

/** Packs `lanes` of `width` lanes: lane `l` of step `s` is read at `source + l * laneBytes + s * stepBytes`. */
export function packPanel(
  source: usize,
  laneBytes: usize,
  stepBytes: usize,
  lanes: usize,
  depth: usize,
  width: usize,
  panel: usize,
): void {
  if (lanes < width) packEdge(source, laneBytes, stepBytes, lanes, depth, width, panel);
  else if (laneBytes == 4) packNeighbours(source, stepBytes, depth, width, panel);
  else if (stepBytes == 4) {
    for (let lane: usize = 0; lane < width; lane += 4) {
      const first = source + lane * laneBytes;
      const third = first + 2 * laneBytes;
      packRuns(first, first + laneBytes, third, third + laneBytes, depth, width << 2, panel + (lane << 2));
    }
  } else packEdge(source, laneBytes, stepBytes, lanes, depth, width, panel);
}

/** Packs four lanes whose steps lie side by side, turning blocks of four by four over in registers. */
export function packRuns(
  first: usize,
  second: usize,
  third: usize,
  fourth: usize,
  depth: usize,
  panelBytes: usize,
  panel: usize,
): void {
  for (; depth >= 4; depth -= 4) {
    const a = v128.load(first);
    const b = v128.load(second);
    const c = v128.load(third);
    const d = v128.load(fourth);
    const lowAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const lowCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const highAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const highCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<f64>(lowAB, lowCD, 0, 2));
    panel += panelBytes;
    v128.store(panel, v128.shuffle<f64>(lowAB, lowCD, 1, 3));
    panel += panelBytes;
    v128.store(panel, v128.shuffle<f64>(highAB, highCD, 0, 2));
    panel += panelBytes;
    v128.store(panel, v128.shuffle<f64>(highAB, highCD, 1, 3));
    panel += panelBytes;
    first += 16;
    second += 16;
    third += 16;
    fourth += 16;
  }
  for (; depth != 0; --depth) {
    store<f32>(panel, load<f32>(first));
    store<f32>(panel, load<f32>(second), 4);
    store<f32>(panel, load<f32>(third), 8);
    store<f32>(panel, load<f32>(fourth), 12);
    first += 4;
    second += 4;
    third += 4;
    fourth += 4;
    panel += panelBytes;
  }
}

/** Lanes lie side by side: whole vectors are copied. */
function packNeighbours(source: usize, stepBytes: usize, depth: usize, width: usize, panel: usize): void {
  if (width == 4) {
    for (; depth != 0; --depth) {
      v128.store(panel, v128.load(source));
      source += stepBytes;
      panel += 16;
    }
    return;
  }
  for (; depth != 0; --depth) {
    v128.store(panel, v128.load(source));
    v128.store(panel, v128.load(source, 16), 16);
    source += stepBytes;
    panel += 32;
  }
}

function packEdge(
  source: usize,
  laneBytes: usize,
  stepBytes: usize,
  lanes: usize,
  depth: usize,
  width: usize,
  panel: usize,
): void {
  for (; depth != 0; --depth) {
    let from = source;
    for (let lane: usize = 0; lane < width; ++lane) {
      store<f32>(panel, lane < lanes ? load<f32>(from) : 0);
      from += laneBytes;
      panel += 4;
    }
    source += stepBytes;
  }
}
