import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import { refuse, requireGivenFunction } from '../../internal/require.js';
import type { Document } from '../../saving/document/document.js';
import { type Reader, tensorOf } from '../../saving/document/reader.js';
import { type VocabularyList, vocabularyAt } from '../../saving/document/vocabularies.js';
import { mostAhead } from '../forecast-sales.js';
import type { KnownAhead } from '../global/sales-features.js';
import type { LearnedGround } from '../learned/learned-ground.js';
import type { Period } from '../series/calendar.js';

/** The latest time that a date can be, in milliseconds since 1970. */
const lastTime = 8.64e15;

/** What a ground is, in plain JSON; its excess stands in a tensor. */
export function describeGround(ground: LearnedGround, list: VocabularyList): object {
  const { products, period, horizon, end, season, known, groups, excess } = ground;
  return {
    ...{ products: list.place(products), period, horizon, end },
    ...(season !== undefined && { season }),
    numbers: Object.keys(known.numbers ?? {}),
    groups: Object.keys(known.groups ?? {}).map((name, place) => ({ name, ids: groups[place] })),
    excess: excess.single,
  };
}

/** Reads a ground. What is known ahead comes from who reads. */
export function readGround(
  where: string,
  file: Document,
  vocabularies: readonly Vocabulary[],
  given: KnownAhead,
): LearnedGround {
  const part = file.description.part('ground');
  const horizon = part.whole('horizon', 1, mostAhead);
  const groups = part.parts('groups').map((group) => ({ name: group.text('name'), ids: group.texts('ids') }));
  if (groups.some(({ ids }) => ids.length === 0)) refuseFile('hold ids of each group', 'none');
  return {
    products: vocabularyAt(vocabularies, part, 'products'),
    period: readPeriod(part),
    horizon,
    end: part.whole('end', -lastTime, lastTime),
    season: part.has('season') ? part.whole('season', 2, 366) : undefined,
    known: {
      numbers: functionsOf(where, 'numbers', part.texts('numbers'), given.numbers),
      groups: functionsOf(
        where,
        'groups',
        groups.map(({ name }) => name),
        given.groups,
      ),
    },
    groups: groups.map(({ ids }) => ids),
    excess: readExcess(file, part, horizon),
  };
}

function readPeriod(part: Reader): Period {
  const period = part.text('period');
  if (period !== 'day' && period !== 'week' && period !== 'month') refuseFile('hold a period that is known', period);
  return period;
}

function readExcess(file: Document, part: Reader, horizon: number): LearnedGround['excess'] {
  const single = part.number('excess');
  const total = tensorOf(file, 'excess', Float64Array, [horizon]);
  const wrong = [single, ...total].find((each) => !(each >= 0));
  if (wrong !== undefined) refuseFile('hold excess variances that are not below 0', wrong);
  return { single, total };
}

// The functions that a model learned with, in its order: each of them and no other.
function functionsOf<T>(
  where: string,
  option: 'numbers' | 'groups',
  names: readonly string[],
  functions: Readonly<Record<string, T>> = {},
): Readonly<Record<string, T>> {
  const other = Object.keys(functions).find((name) => !names.includes(name));
  if (other !== undefined) refuse(where, option, `name what the method learned with only (${names.join(', ')})`, other);
  for (const name of names)
    requireGivenFunction(where, `${option}.${name}`, Object.hasOwn(functions, name) ? functions[name] : undefined);
  return Object.fromEntries(names.map((name) => [name, functions[name]!]));
}
