import { reportStyle } from './style.js';

/** What a report page shows. The parts are HTML. */
export interface Page {
  /** Of the browser's tab. */
  readonly title: string;
  readonly heading: string;
  readonly lead: string;
  readonly body: string;
  /** What writes the page, such as `npm start`. */
  readonly command: string;
}

/** A report as one HTML page that needs no other file. */
export function writePage({ title, heading, lead, body, command }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${heading}</h1>
<p class="lead">${lead}</p>
</header>
<main>
${body}
</main>
<footer><p>Written by <code>${command}</code> of minimart. This page holds all its pictures and loads nothing.</p></footer>
</body>
</html>
`;
}

/** A picture with words under it. */
export function figure(content: string, caption: string, kind = ''): string {
  return `<figure class="${kind}">${content}<figcaption>${caption}</figcaption></figure>`;
}

/** Text as HTML shows it letter by letter: ids and names come from data. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
