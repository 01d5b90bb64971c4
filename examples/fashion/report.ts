import type { GanReport } from 'minimart';
import {
  paragraph,
  picture,
  type ReportChart,
  type ReportPart,
  type ReportSection,
  reportPage,
  sideBySide,
} from 'minimart/report';
import { duration } from '../shared/duration.js';
import { footer } from '../shared/facts.js';
import type { Comparison } from './compare-with-real.js';
import type { Picture } from './gallery.js';
import { garments } from './load-images.js';
import type { Quality } from './measure-quality.js';
import { comparisonParts, qualityParts, settingsTable } from './report-tables.js';
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
  readonly curves: readonly ReportChart[];
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
  return reportPage({
    title: 'A GAN learns to draw garments',
    lead: `A ${kind} pair of networks, trained by minimart for ${done.toLocaleString('en')} steps of ${settings.batchSize}
images in ${duration(run.trainingSeconds)} on the ${settings.backend} backend${stopped}.`,
    sections: [...pictureSections(run), ...wordSections(run)],
    footer: footer('npm start'),
  });
}

function pictureSections({
  pictures,
  curves,
  comparison,
  quality,
  history,
  timelineSteps,
  settings,
}: Run): ReportSection[] {
  const done = history.length.toLocaleString('en');
  const times = timelineSteps.map((step) => step.toLocaleString('en')).join(', ');
  const shown = ({ bytes }: Picture, description: string, caption: string) => picture({ bytes, description, caption });
  const asked = settings.asked ? ` Each column is what was asked for: ${garments.join(', ')}.` : '';
  const samples = `Grid of 100 generated images after step ${done}.`;
  const real = 'Real, the first 100 of the data: what the generator is measured against.';
  return [
    {
      heading: 'What it draws',
      parts: [
        sideBySide([
          shown(
            pictures.samples,
            samples,
            `Generated, after the last step. No selection: the first 100 of one seed.${asked}`,
          ),
          shown(pictures.real, 'Grid of 100 real images of garments.', real),
        ]),
      ],
    },
    {
      heading: 'The same noise over time',
      parts: [
        shown(
          pictures.timeline,
          'Rows of generated images from first to last step; each column is one noise vector.',
          `Each column is one noise vector; rows from top to bottom are steps ${times}.`,
        ),
        animated(pictures, done),
      ],
    },
    { heading: 'Curves', parts: curves },
    { heading: 'How far is it from real pictures?', parts: qualityParts(quality) },
    {
      heading: 'Does it copy, and does it draw every kind?',
      parts: [
        shown(
          pictures.nearest,
          'Ten generated images in a row, the real image nearest to each below.',
          `The first row of the generated images; under each, the nearest of ${comparison.references.toLocaleString('en')} real ones.`,
        ),
        ...comparisonParts(comparison),
      ],
    },
  ];
}

function wordSections(run: Run): ReportSection[] {
  return [
    { heading: 'Settings', parts: [settingsTable(run)] },
    {
      heading: 'What this is, and what it is not',
      parts: [
        paragraph(`It shows that training works from end to end in plain Node: two small networks, ${run.imageCount.toLocaleString('en')}
images of 28 x 28 grey pixels, minutes on the cores of a laptop. Run to its end, it draws shirts, trousers, boots, shoes and
bags that one can name; but they are coarse and without print or pattern, sandals mostly fail, and the real images are better
in every respect. It is no tool for making product pictures, and the figures above are
no score to compare with papers.`),
      ],
    },
    {
      heading: 'Data and licence',
      parts: [
        paragraph([
          `Fashion-MNIST, copyright 2017 Zalando SE, MIT licence; Han Xiao, Kashif Rasul, Roland Vollgraf, "Fashion-MNIST: a Novel
Image Dataset for Benchmarking Machine Learning Algorithms" (2017), `,
          { text: 'arXiv:1708.07747', url: 'https://arxiv.org/abs/1708.07747' },
          ', ',
          { text: 'zalandoresearch/fashion-mnist', url: 'https://github.com/zalandoresearch/fashion-mnist' },
          '.',
        ]),
      ],
    },
  ];
}

// Readers who asked their system for less motion get the samples of the last step instead.
function animated({ animation, samples }: Run['pictures'], done: string): ReportPart {
  return picture({
    bytes: animation.bytes,
    motionless: samples.bytes,
    description: 'Animation of 24 generated images from noise to garments.',
    caption: `${animation.file}: 24 noise vectors from step 0 to step ${done}.`,
  });
}
