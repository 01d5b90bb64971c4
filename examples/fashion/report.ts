import type { GanReport } from 'minimart';
import { duration } from '../shared/duration.js';
import { figure, writePage } from '../shared/page.js';
import type { Comparison } from './compare-with-real.js';
import type { Picture } from './gallery.js';
import { garments } from './load-images.js';
import type { Quality } from './measure-quality.js';
import { comparisonTable, qualityTable, settingsTable } from './report-tables.js';
import type { Settings } from './settings.js';

/** Everything that the report shows. */
export interface Run {
  readonly settings: Settings;
  readonly history: readonly GanReport[];
  /** Whether Ctrl-C ended it early. */
  readonly stopped: boolean;
  /** Real images trained on. */
  readonly imageCount: number;
  /** Steps that the timeline's rows show. */
  readonly timelineSteps: readonly number[];
  readonly pictures: {
    readonly samples: Picture;
    readonly real: Picture;
    readonly timeline: Picture;
    readonly animation: Picture;
    readonly nearest: Picture;
  };
  /** SVG pictures. */
  readonly curves: { readonly losses: string; readonly scores: string };
  readonly comparison: Comparison;
  readonly quality: Quality | undefined;
  readonly trainingSeconds: number;
  readonly totalSeconds: number;
}

/** The report as one HTML page that needs no other file. */
export function writeReport(run: Run): string {
  const { settings, history } = run;
  const done = history.length;
  const kind = settings.network === 'dense' ? 'dense' : 'convolutional';
  const stopped = run.stopped ? '. Stopped early by Ctrl-C: the pictures show where it stood' : '';
  return writePage({
    title: 'minimart: a GAN learns to draw garments',
    heading: 'A GAN learns to draw garments',
    lead: `A ${kind} pair of networks, trained by minimart for ${done.toLocaleString('en')} steps of ${settings.batchSize}
images in ${duration(run.trainingSeconds)} on the ${settings.backend} backend${stopped}.`,
    body: reportBody(run),
    command: 'npm start',
  });
}

function reportBody(run: Run): string {
  const { pictures, curves, history, comparison } = run;
  const done = history.length;
  const asked = run.settings.asked ? ` Each column is what was asked for: ${garments.join(', ')}.` : '';
  const times = run.timelineSteps.map((step) => step.toLocaleString('en')).join(', ');
  return `<div class="pair">
${figure(image(pictures.samples, `Grid of 100 generated images after step ${done}.`), `<b>Generated</b>, after the last step. No selection: the first 100 of one seed.${asked}`)}
${figure(image(pictures.real, 'Grid of 100 real images of garments.'), `<b>Real</b>, the first 100 of the data: what the generator is measured against.`)}
</div>
<h2>The same noise over time</h2>
${figure(image(pictures.timeline, `Rows of generated images from first to last step; each column is one noise vector.`), `Each column is one noise vector; rows from top to bottom are steps ${times}.`)}
${figure(animated(pictures), `${pictures.animation.file}: 24 noise vectors from step 0 to step ${done.toLocaleString('en')}.`, 'narrow')}
<h2>Curves</h2>
${figure(curves.losses, `Losses; the band is the least and the largest of neighbouring steps. They do not measure how good the pictures are: each network is measured against an opponent that changes.`)}
${figure(curves.scores, `Mean probability of "real" that the discriminator gives to real images and to drawn ones, in training, with dropout. Where both lie at 0.5, it cannot tell them apart.`)}
<h2>How far is it from real pictures?</h2>
${qualityTable(run.quality)}
<h2>Does it copy, and does it draw every kind?</h2>
${figure(image(pictures.nearest, 'Ten generated images in a row, the real image nearest to each below.'), `The first row of the generated images; under each, the nearest of ${comparison.references.toLocaleString('en')} real ones.`)}
${comparisonTable(comparison)}
<h2>Settings</h2>
${settingsTable(run)}
<h2>What this is, and what it is not</h2>
<p>It shows that training works from end to end in plain Node: two small networks, ${run.imageCount.toLocaleString('en')}
images of 28 x 28 grey pixels, minutes on the cores of a laptop. Run to its end, it draws shirts, trousers, boots, shoes and
bags that one can name; but they are coarse and without print or pattern, sandals mostly fail, and the real images are better in
every respect. It is no tool for making product pictures, and the figures above are no score to compare with papers.</p>
<h2>Data and licence</h2>
<p>Fashion-MNIST, copyright 2017 Zalando SE, MIT licence; Han Xiao, Kashif Rasul, Roland Vollgraf, "Fashion-MNIST: a Novel
Image Dataset for Benchmarking Machine Learning Algorithms" (2017),
<a href="https://arxiv.org/abs/1708.07747">arXiv:1708.07747</a>,
<a href="https://github.com/zalandoresearch/fashion-mnist">zalandoresearch/fashion-mnist</a>.</p>`;
}

// Readers who asked their system for less motion get the samples of the last step instead.
function animated(pictures: Run['pictures']): string {
  const motionless = `<source media="(prefers-reduced-motion: reduce)" srcset="${dataUri(pictures.samples)}">`;
  return `<picture>${motionless}${image(pictures.animation, 'Animation of 24 generated images from noise to garments.')}</picture>`;
}

const image = (picture: Picture, description: string) => `<img src="${dataUri(picture)}" alt="${description}">`;

const dataUri = ({ bytes }: Picture) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
