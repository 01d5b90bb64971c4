import type { DataNumbers } from '../examination.js';
import { type Sign, shown } from './sign.js';

/** Data that are constant, that leave half of the generator's range unused, or that are far from the size of its output. */
export const wrongDataRange: Sign = (recent, limits) => {
  const { data } = recent.at(-1)!;
  if (data.seen < 32) return undefined;
  const seen = `real samples hold values from ${shown(data.low)} to ${shown(data.high)}`;
  if (data.spread === 0) {
    return told(`all ${data.seen} real samples so far are the same one`, 'check how the data are loaded.');
  }
  const { range } = data;
  if (range && range.high < Number.MAX_VALUE) {
    const used = (data.high - data.low) / (range.high - range.low);
    if (used >= limits.rangeUse) return undefined;
    const evidence = `${seen}; ${range.because}, which gives [${range.low}, ${range.high}]: ${percent(used)} of it is used`;
    return told(
      evidence,
      `scale the data to [${range.low}, ${range.high}] (scalePixels does it for pixels), or ${other(data)}.`,
    );
  }
  if (data.size <= limits.dataSize && data.size >= 0.1 / limits.dataSize) return undefined;
  const evidence = `${seen}, root mean square ${shown(data.size)}, where fresh networks give about 1`;
  return told(
    evidence,
    'scale the data to [-1, 1] or [0, 1], or take away the mean and divide by the standard deviation.',
  );
};

function told(evidence: string, remedy: string) {
  return { verdict: 'wrong-data-range', evidence, remedy: remedy[0]!.toUpperCase() + remedy.slice(1) } as const;
}

function other({ low, high }: DataNumbers): string {
  return low >= 0 && high <= 1 ? "end the generator in 'sigmoid'" : 'choose another last activation';
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
