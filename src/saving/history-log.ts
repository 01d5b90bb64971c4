import type { SafetensorInput } from '../data/safetensors/encode-safetensors.js';
import { refuseFile } from '../internal/file-fault.js';
import type { Pieces } from '../internal/pieces.js';
import { fromJson, toJson } from './document/json.js';

/** The reports of a run, each written as a line of JSON when it comes: writing them all at once would hold up long runs. */
export interface HistoryLog {
  /** Adds a report. */
  push(report: object): void;
  /** All lines so far, in memory of their own. */
  save(): SafetensorInput;
}

const newline = 0x0a;

/** A log that begins with lines that were saved. */
export function createHistoryLog(where: string, saved: Uint8Array = new Uint8Array(0)): HistoryLog {
  const encoder = new TextEncoder();
  let lines = saved.slice();
  let length = saved.length;
  const append = (bytes: Uint8Array) => {
    if (length + bytes.length > lines.length) {
      const larger = new Uint8Array(Math.max(2 * lines.length, length + bytes.length, 4096));
      larger.set(lines.subarray(0, length));
      lines = larger;
    }
    lines.set(bytes, length);
    length += bytes.length;
  };
  return {
    push: (report) => append(encoder.encode(`${JSON.stringify(toJson(where, 'report', report))}\n`)),
    save: () => ({ shape: [length], values: lines.slice(0, length) }),
  };
}

/** The reports in saved lines. */
export function* readHistory(bytes: Uint8Array): Pieces<object[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reports: object[] = [];
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    reports.push(readLine(decoder, bytes.subarray(start, end)));
    start = end + 1;
    if (reports.length % 256 === 0) yield;
  }
  if (start !== bytes.length) refuseFile('hold a history of whole lines', `${bytes.length - start} bytes more`);
  return reports;
}

function readLine(decoder: TextDecoder, line: Uint8Array): object {
  let found: unknown;
  try {
    found = fromJson(JSON.parse(decoder.decode(line)));
  } catch (error) {
    refuseFile('hold a history of lines in JSON', error instanceof Error ? error.message : error);
  }
  if (typeof found !== 'object' || found === null) refuseFile('hold a history of reports', found);
  return found;
}
