import type { RatingItem } from '../../gan/quality/rating/rating-sheet.js';

/** A sheet as a page for the browser, with a button that saves the answers as CSV. It loads its pictures, and nothing else. */
export function ratingPage(title: string, items: readonly RatingItem[]): string {
  const pages = Math.max(...items.map(({ page }) => page));
  const sections = Array.from({ length: pages }, (_, index) => {
    const own = items.filter(({ page }) => page === index + 1);
    return `<section><h2>Page ${index + 1} of ${pages}</h2><div class="items">${own.map(itemField).join('\n')}</div></section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>Some of these pictures are real, some were made by a program. Say for each what you take it for, without looking it up.</p>
<form>
<p><label>Your name <input name="rater" autocomplete="name"></label></p>
${sections.join('\n')}
<p><button>Save answers</button> <output></output></p>
</form>
<script>${script}</script>
</body>
</html>
`;
}

function itemField({ item }: RatingItem): string {
  const choice = (answer: string) =>
    `<label><input type="radio" name="${item}" value="${answer}"> ${answer === 'real' ? 'real' : 'made'}</label>`;
  return `<fieldset><legend>${item}</legend><img src="pictures/${item}.png" alt="Picture ${item}">${choice('real')}${choice('generated')}</fieldset>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
.items{display:flex;flex-wrap:wrap;gap:.75rem}fieldset{display:grid;gap:.25rem;border:1px solid #888;border-radius:.25rem}
img{image-rendering:pixelated}section{break-after:page}`;

// A quote in a name is written twice, as CSV asks.
const script = `document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(event.target);
  const rater = '"' + (String(data.get('rater')).trim() || 'anonymous').replaceAll('"', '""') + '"';
  const rows = [...data].filter(([name]) => name !== 'rater').map(([item, answer]) => [rater, item, answer].join(','));
  const text = ['rater,item,answer', ...rows, ''].join('\\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = 'answers.csv';
  link.click();
  const all = document.querySelectorAll('fieldset').length;
  document.querySelector('output').textContent = rows.length + ' of ' + all + ' answers saved.';
});`;
