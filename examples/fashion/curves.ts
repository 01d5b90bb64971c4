import type { GanReport } from 'minimart';
import { type ReportChart, type ReportPart, reportGan } from 'minimart/report';

/** The curves of a run, as the report of any GAN has them: first the losses, then what the discriminator believes. */
export function drawCurves(history: readonly GanReport[]): readonly ReportChart[] {
  // A run that was stopped before its first report has none.
  if (history.length === 0) return [];
  const curves = reportGan(history).sections.find(({ heading }) => heading === 'Curves');
  return (curves?.parts ?? []).filter(isChart);
}

function isChart(part: ReportPart): part is ReportChart {
  return 'svg' in part;
}
