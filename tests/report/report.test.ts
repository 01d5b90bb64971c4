import {
  barChart,
  dataTable,
  factTable,
  formatReport,
  heatMap,
  lineChart,
  paragraph,
  picture,
  type Report,
  type ReportPart,
  reportPage,
  shareChart,
  sideBySide,
  subheading,
} from 'minimart/report';
import { describe, expect, test } from 'vitest';

const evil = `<script>alert(1)</script>"'&\u001b[2J`;
const words = { title: evil, description: evil, caption: evil };
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

// Each part, with text of strangers wherever it takes text.
const parts: readonly (readonly [string, () => ReportPart])[] = [
  ['paragraph', () => paragraph([evil, { text: evil, url: `https://example.org/?q=${evil}` }])],
  ['subheading', () => subheading(evil)],
  ['dataTable', () => dataTable({ caption: evil, columns: [{ name: evil }], rows: [[evil]] })],
  ['factTable', () => factTable([[evil, evil]])],
  ['picture', () => picture({ bytes: png, description: evil, caption: evil, motionless: png })],
  ['barChart', () => barChart({ ...words, measure: evil, bars: [{ name: evil, value: 1 }] })],
  ['lineChart', () => lineChart({ ...words, unit: evil, steps: [1, 2], series: [{ name: evil, values: [1, 2] }] })],
  ['shareChart', () => shareChart({ ...words, groups: [{ name: evil, real: 0.5, virtual: 0.25 }] })],
  ['heatMap', () => heatMap({ ...words, names: [evil], values: [[0.5]], range: [0, 1] })],
  ['sideBySide', () => sideBySide([paragraph(evil)])],
];

describe('text of strangers stays text', () => {
  test.each(parts)('in %s', (_name, make) => {
    const { html, text } = make();
    expect(html).toContain('&lt;');
    expectHarmless(html);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('<script>alert(1)</script>');
  });

  test('in titles, headings, lead and footer', () => {
    const report: Report = { title: evil, lead: evil, footer: evil, sections: [{ heading: evil, parts: [] }] };
    const page = reportPage(report);
    expect(page.match(/&lt;script&gt;/g)?.length).toBe(5);
    expectHarmless(page);
    expect(formatReport(report)).not.toContain('\u001b');
  });
});

test('a page opens and closes each element, has one h1, and loads nothing', () => {
  const page = reportPage({ title: 'All', sections: [{ heading: 'Parts', parts: parts.map(([, make]) => make()) }] });
  expect(unclosed(page)).toEqual([]);
  expect(page.match(/<h1>/g)?.length).toBe(1);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  expect(page).not.toMatch(/(src|srcset)="(?!data:)/);
  // A chart names itself to those who do not see it, and its numbers stand beside it.
  expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+/g)?.length).toBe(4);
  expect(page.match(/<details><summary>[^<]+<\/summary><div class="scroll"[^>]*><table>/g)?.length).toBe(4);
});

test('the bytes of a picture are those given, however many', () => {
  const many = Uint8Array.from({ length: 30_001 }, (_, at) => (at < 8 ? png[at]! : at % 256));
  const { html } = picture({ bytes: many, description: 'Many.' });
  const [, base64 = ''] = /base64,([^"]+)/.exec(html) ?? [];
  expect(Buffer.from(base64, 'base64').equals(many)).toBe(true);
});

describe('lineChart', () => {
  const chart = { title: 'T', description: 'D', steps: [1, 2], series: [{ name: 'one', values: [0, 2] }], top: 2 };

  test('draws a line from the bottom of the plot to its top for values from 0 to the top of the axis', () => {
    // 300 high, 38 below the plot and 14 above.
    expect(heights(lineChart(chart).svg)).toEqual([[262, 14]]);
  });

  test('gives values below 0 a place of their own', () => {
    const { svg } = lineChart({ ...chart, top: 1, series: [{ name: 'critic', values: [-1, 1] }] });
    // The axis goes from -1.08 to 1: 248 high, so -1 stands 0.08 / 2.08 of it above the bottom.
    expect(heights(svg)[0]![0]).toBeCloseTo(262 - (248 * 0.08) / 2.08, 1);
    expect(heights(svg)[0]![1]).toBe(14);
  });

  test('leaves out what is not finite and says so, and leaves a gap where there is nothing', () => {
    const values = [1, Number.NaN, 1, undefined, 2];
    const { html, svg, text } = lineChart({ ...chart, steps: [1, 2, 3, 4, 5], series: [{ name: 'a', values }] });
    expect(html).toContain('Left out: 1 value that is not finite.');
    expect(heights(svg).map((line) => line.length)).toEqual([1, 1, 1]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(text.split('\n').slice(-2)).toEqual(['   4', '   5    2']);
  });

  test('joins 1,500 steps to 150 points, each at the mean of ten', () => {
    const steps = Array.from({ length: 1500 }, (_, at) => at + 1);
    const values = steps.map((step) => (step <= 10 ? step : 0));
    const { svg } = lineChart({ ...chart, top: 10, steps, series: [{ name: 'a', values }] });
    const [line] = heights(svg);
    expect(line).toHaveLength(150);
    // The mean of 1 to 10 is 5.5.
    expect(line![0]).toBeCloseTo(262 - (248 * 5.5) / 10, 1);
  });

  test.each([
    [[], []],
    [[5], [3]],
    [
      [1, 2],
      [0, 0],
    ],
    [
      [1, 2],
      [-3, -3],
    ],
    [
      [1, 2],
      [1e-12, 1e12],
    ],
  ])('has numbers only for steps %j and values %j', (steps, values) => {
    const { svg } = lineChart({ title: 'T', description: 'D', steps, series: [{ name: 'a', values }] });
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('barChart', () => {
  const drawn = (bars: Parameters<typeof barChart>[0]['bars']) => {
    const { svg } = barChart({ title: 'T', description: 'D', bars });
    return [...svg.matchAll(/<rect class="(\w+)" x="([\d.]+)"[^>]*? width="([\d.]+)"/g)].map(([, kind, x, width]) => [
      kind,
      Number(x),
      Number(width),
    ]);
  };

  test('draws bars from 0 in proportion, below 0 to the left', () => {
    // From 190 to 530 for -1 to 3: 85 for each 1.
    expect(
      drawn([
        { name: 'a', value: 3 },
        { name: 'b', value: -1, isMark: true },
      ]),
    ).toEqual([
      ['b0', 275, 255],
      ['mark', 190, 85],
    ]);
  });

  test('says nothing of an interval that is infinite or has no width', () => {
    const infinite = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    const bars = [
      { name: 'once', value: 2, interval: infinite },
      { name: 'exact', value: 1, interval: [1, 1] as const },
    ];
    const { svg, text } = barChart({ title: 'T', description: 'D', bars });
    expect(svg).not.toMatch(/NaN|Infinity|∞|class="ink"/);
    expect(text.split('\n').slice(2)).toEqual(['once       2', 'exact      1']);
  });
});

test('a share chart has bars whose heights are in proportion', () => {
  const { svg } = shareChart({ title: 'T', description: 'D', groups: [{ name: 'a', real: 0.5, virtual: 0.25 }] });
  const [real, virtual] = [...svg.matchAll(/<rect[^>]*height="([\d.]+)"/g)].map(([, tall]) => Number(tall));
  // 200 high, 58 below the plot and 10 above.
  expect([real, virtual]).toEqual([132, 66]);
});

test('a heat map is darkest at the end of its range, and has no cell where there is no number', () => {
  const values = [
    [1, undefined],
    [0.5, 0.75],
  ];
  const { svg } = heatMap({ title: 'T', description: 'D', names: ['a', 'b'], values, range: [1, 0.5] });
  const strengths = [...svg.matchAll(/class="cell"[^>]* opacity="([\d.]+)"/g)].map(([, share]) => Number(share));
  expect(strengths).toEqual([0, 0.75, 0.375]);
});

const word = { title: 'T', description: 'D' };
const never = (value: unknown) => value as never;

describe('what cannot be shown is refused by name', () => {
  test.each([
    [() => reportPage(never(undefined)), /^reportPage: `report` must be an object of options/],
    [() => reportPage(never({ title: 'a', sections: 1 })), /^reportPage: `sections` must be an array/],
    [
      () => formatReport(never({ title: 'a', sections: [{ heading: 'b', parts: ['text'] }] })),
      /^formatReport: `sections\[0\]\.parts\[0\]\.html` must be a text/,
    ],
    [
      () => formatReport(never({ title: 'a', sections: [{ heading: 2, parts: [] }] })),
      /`sections\[0\]\.heading` must be a text/,
    ],
    [
      () => paragraph([{ text: 'a', url: 'javascript:alert(1)' }]),
      /^paragraph: `words\[0\]\.url` must be an address of https or http/,
    ],
    [() => subheading(never(1)), /^subheading: `words` must be a text/],
    [() => dataTable({ columns: [{ name: 'a' }], rows: [['x', 'y']] }), /^dataTable: `rows\[0\]` must hold 1 cells/],
    [() => dataTable({ columns: [{ name: 'a' }], rows: [[never(null)]] }), /`rows\[0\]\[0\]` must be a text/],
    [() => factTable([never(['only'])]), /^factTable: `facts\[0\]` must hold 2 cells/],
    [
      () => picture({ bytes: new Uint8Array(9), description: 'a' }),
      /^picture: `bytes` must be the bytes of a PNG file/,
    ],
    [() => picture({ bytes: png, description: ' ' }), /^picture: `description` must say what is on the picture/],
    [
      () => barChart({ ...word, bars: [{ name: 'a', value: Number.NaN }] }),
      /^barChart: `bars\[0\]\.value` must be a finite number/,
    ],
    [
      () => barChart({ ...word, bars: [{ name: 'a', value: 1, interval: [2, 1] }] }),
      /`bars\[0\]\.interval` must be two numbers/,
    ],
    [() => barChart({ ...word, bars: [], colour: 'red' } as never), /^barChart: `colour` must be left out/],
    [
      () => lineChart({ ...word, steps: [2, 1], series: [{ name: 'a', values: [1, 1] }] }),
      /^lineChart: `steps\[1\]` must be above/,
    ],
    [
      () => lineChart({ ...word, steps: [1], series: [{ name: 'a', values: [] }] }),
      /`series\[0\]\.values` must hold a number for each of 1 steps/,
    ],
    [
      () => lineChart({ ...word, steps: [1], series: [{ name: 'a', values: [1], band: [[1], []] }] }),
      /`series\[0\]\.band\[1\]`/,
    ],
    [
      () => shareChart({ ...word, groups: [{ name: 'a', real: 50, virtual: 0 }] }),
      /^shareChart: `groups\[0\]\.real` must be a number in \[0, 1\]/,
    ],
    [
      () => heatMap({ ...word, names: ['a'], values: [[1, 2]], range: [0, 1] }),
      /^heatMap: `values\[0\]` must hold 1 cells/,
    ],
    [() => heatMap({ ...word, names: ['a'], values: [[1]], range: [1, 1] }), /`range` must be two different numbers/],
    [() => sideBySide([never('a')]), /^sideBySide: `parts\[0\]\.html` must be a text/],
  ])('%s', (call, message) => {
    expect(call).toThrow(message);
  });
});

/** Heights of the points of each line. */
function heights(svg: string): number[][] {
  return [...svg.matchAll(/<polyline[^>]*points="([^"]*)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => Number(point.split(',')[1])),
  );
}

function expectHarmless(html: string): void {
  expect(html).not.toContain('<script');
  expect(html).not.toContain('\u001b');
  // No quote leaves an attribute: each tag is a name and attributes in double quotes.
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/g)) {
    expect(tag).toMatch(/^<[a-zA-Z0-9]+( [a-zA-Z0-9-]+(="[^"<]*")?)* ?\/?>$/);
  }
}

/** Elements that are not closed in the order in which they were opened. */
function unclosed(html: string): string[] {
  const open: string[] = [];
  for (const [, close, name = '', , self] of html.matchAll(
    /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|[^>"])*?)(\/?)>/g,
  )) {
    if (self || /^(meta|img|source)$/.test(name)) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return [...open, name];
  }
  return open;
}
