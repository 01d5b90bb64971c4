import type { Answer } from './measurement.js';

/** The body of a child process: takes its request from the first argument and prints its answer as the last line. */
export async function answerParent<Request>(measure: (request: Request) => Promise<Answer>): Promise<void> {
  const request: Request = JSON.parse(process.argv[2] ?? '{}');
  const answer = await measure(request).catch((error: unknown): Answer => ({ error: firstLine(error) }));
  console.log(JSON.stringify(answer));
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!;
}
