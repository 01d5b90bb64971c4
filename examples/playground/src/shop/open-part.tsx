import { useState } from 'preact/hooks';
import { Fields, Select, Slider } from '../app/field.js';
import { FileDrop } from '../app/file-drop.js';
import { Note } from '../app/note.js';
import type { Asking } from '../app/use-ask.js';
import { type Role, roles, timeFormats } from './columns.js';
import type { PartProps } from './part.js';
import type { ShopSummary, Source } from './services.js';

type FileSource = Extract<Source, { kind: 'file' }>;

interface OpenPartProps extends Omit<PartProps, 'shop'> {
  readonly opening: Asking<never, ShopSummary>;
  readonly file: FileSource | undefined;
  onFile(file: FileSource | undefined): void;
}

/** Which shop: the simulated one, or the visitor's file. */
export function OpenPart({ link, settings, onChange, opening, file, onFile }: OpenPartProps) {
  const [names, setNames] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState('');
  const read = async ([chosen]: readonly File[]) => {
    if (!chosen) return;
    setFailure('');
    try {
      const header = await link.ask('header', chosen);
      setNames(header.names);
      const lacking = Object.entries(roles).filter(([role, { isNeeded }]) => isNeeded && !header.mapping[role as Role]);
      if (lacking.length > 0)
        setFailure(`Say below which column is: ${lacking.map(([, { label }]) => label.toLowerCase()).join(', ')}.`);
      onFile({ kind: 'file', file: chosen, mapping: header.mapping, format: header.format });
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  return (
    <section class="card" aria-labelledby="shop-title">
      <h1 id="shop-title">{file ? `Your shop: ${file.file.name}` : 'A simulated shop'}</h1>
      {file ? (
        <FileFields file={file} names={names} onFile={onFile} />
      ) : (
        <SimulatedFields settings={settings} onChange={onChange} />
      )}
      <p class="summary">{opening.answer && !opening.isBusy ? describe(opening.answer) : ''}</p>
      <Note of={failure ? { isBusy: false, failure } : opening} busy={file ? 'Reading the file …' : 'Simulating …'} />
      <FileDrop
        label="Or drop a CSV of your orders"
        hint="It is read in this page and never leaves it: the page's security policy allows requests to its own files only."
        accept=".csv,.txt,.tsv,text/csv"
        onFiles={read}
      />
    </section>
  );
}

function SimulatedFields({ settings, onChange }: Pick<PartProps, 'settings' | 'onChange'>) {
  return (
    <Fields>
      <Slider
        label="Customers"
        value={settings.customers}
        range={[50, 1000]}
        step={50}
        onChange={(customers) => onChange({ customers })}
      />
      <Slider
        label="Products"
        value={settings.products}
        range={[20, 300]}
        step={10}
        onChange={(products) => onChange({ products })}
      />
      <Slider label="Seed" value={settings.seed} range={[1, 20]} onChange={(seed) => onChange({ seed })} />
    </Fields>
  );
}

function FileFields({
  file,
  names,
  onFile,
}: Pick<OpenPartProps, 'onFile'> & { readonly file: FileSource; readonly names: readonly string[] }) {
  const none = { value: '', label: '(none)' };
  const columns = [none, ...names.map((name) => ({ value: name, label: name }))];
  return (
    <>
      <Fields>
        {Object.entries(roles).map(([role, { label }]) => (
          <Select
            key={role}
            label={label}
            value={file.mapping[role as Role]}
            options={columns}
            onChange={(name) => onFile({ ...file, mapping: { ...file.mapping, [role]: name } })}
          />
        ))}
        <Select
          label="Times are written"
          value={file.format}
          options={timeFormats.map((format) => ({
            value: format,
            label: format === 'iso' ? '2026-11-30 17:05' : format,
          }))}
          onChange={(format) => onFile({ ...file, format })}
        />
      </Fields>
      <p>
        <button type="button" onClick={() => onFile(undefined)}>
          Back to the simulated shop
        </button>
      </p>
    </>
  );
}

function describe({ lines, customers, products, from, to, repeatShare, leftOut, reasons }: ShopSummary): string {
  const number = (value: number) => value.toLocaleString('en');
  const left =
    leftOut > 0
      ? ` ${number(leftOut)} lines were left out (${reasons.map(([reason, count]) => `${reason}: ${number(count)}`).join(', ')}).`
      : '';
  return `${number(lines)} purchases by ${number(customers)} customers of ${number(products)} products, ${from} to ${to}. Of what they bought after their first order, ${(100 * repeatShare).toFixed(0)}% they had had before.${left}`;
}
