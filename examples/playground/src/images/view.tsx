import { useState } from 'preact/hooks';
import { Fields, Select } from '../app/field.js';
import { useSettings } from '../app/use-address.js';
import { BreakIt } from './break-it.js';
import { Controls } from './controls.js';
import { Doctor } from './doctor.js';
import { Keep } from './keep.js';
import { OwnPictures } from './own-pictures.js';
import { PictureSheet } from './picture-sheet.js';
import { RunCharts } from './run-charts.js';
import type { Pictures } from './services.js';
import { type BackendChoice, type RunSettings, runSettings, sheetSide } from './settings.js';
import { SheetCanvas } from './sheet-canvas.js';
import { useRun } from './use-run.js';

/** A GAN learns to draw, in sight. */
export function ImagesView() {
  const [settings, change] = useSettings('images', runSettings);
  const [own, setOwn] = useState<Pictures>();
  const run = useRun(settings, own);
  const [ends, setEnds] = useState<readonly [number, number]>([0, sheetSide * sheetSide - 1]);
  const choose = (picture: number) => {
    const next = [ends[1], picture] as const;
    setEnds(next);
    run.between(...next);
  };
  const { state } = run;
  return (
    <div class="images">
      <section class="stage" aria-labelledby="stage-title">
        <h1 id="stage-title">A network learns to draw {settings.pictures === 'own' ? 'your pictures' : 'clothes'}</h1>
        <PictureSheet drawing={state.drawing} ends={ends} onChoose={choose} />
        <Controls run={run} steps={settings.steps} onLonger={() => change({ steps: settings.steps + 5000 })} />
        <h2>From A to B</h2>
        <SheetCanvas sheet={state.drawing?.between} label="Nine pictures that lead from picture A to picture B" />
        <p class="small">
          Press two pictures to choose the ends. Where no step is a jump, it has learnt more than pictures by heart.
        </p>
        <h2>Real ones</h2>
        <SheetCanvas sheet={state.real} label="Real pictures, from which it learns" />
      </section>
      <div class="beside">
        <Doctor state={state} />
        <BreakIt
          settings={settings}
          onChoose={(changed) => change({ ...changed, steps: runSettings.steps.standard })}
        />
        <RunCharts curves={state.curves} />
        <OwnPictures
          onPictures={(pictures) => {
            setOwn(pictures);
            change({ pictures: 'own', start: 'nothing', steps: runSettings.steps.standard });
          }}
        />
      </div>
      <RunFields settings={settings} present={run.backends} onChange={change} />
      <Keep run={run} settings={settings} />
    </div>
  );
}

const rates = [0.0002, 0.001, 0.002, 0.005, 0.02, 0.06];
const penalties = [0, 0.1, 0.5, 2, 10];

function RunFields({
  settings,
  present,
  onChange,
}: {
  readonly present: readonly BackendChoice[];
  readonly settings: RunSettings;
  onChange(changed: Partial<RunSettings>): void;
}) {
  const options = (values: readonly (number | string)[], value: number | string) =>
    [...new Set([...values, value])].map((each) => ({ value: String(each), label: String(each) }));
  return (
    <section class="card" aria-labelledby="settings-title">
      <h2 id="settings-title">Settings</h2>
      <Fields>
        <Select
          label="Runs on"
          value={settings.backend}
          options={options(present, settings.backend)}
          onChange={(backend) => onChange({ backend: backend as RunSettings['backend'] })}
        />
        <Select
          label="Learning rate"
          value={String(settings.rate)}
          options={options(rates, settings.rate)}
          onChange={(rate) => onChange({ rate: Number(rate) })}
        />
        <Select
          label="Penalty"
          value={String(settings.penalty)}
          options={options(penalties, settings.penalty)}
          onChange={(penalty) => onChange({ penalty: Number(penalty) })}
        />
        <Select
          label="Seed"
          value={String(settings.seed)}
          options={options([1, 2, 3, 7], settings.seed)}
          onChange={(seed) => onChange({ seed: Number(seed) })}
        />
        <Select
          label="Begins with"
          value={settings.start}
          options={[
            { value: 'sketch', label: 'a first sketch' },
            { value: 'nothing', label: 'nothing' },
          ]}
          onChange={(start) => onChange({ start: start as RunSettings['start'] })}
        />
      </Fields>
    </section>
  );
}
