// The contents of a generation's maps as data: every decision is in here, printing only lays bytes out.
import type { SafeText } from '../shared/safe-text.ts';
import type { MapLayout } from './layout.ts';

export interface EbpfPlan {
  /** Lines about the whole file, without `#`. */
  readonly header: readonly SafeText[];
  /** What the numbers in the maps stand for, one line a number. For people only. */
  readonly legend: readonly SafeText[];
  /** What profiles are about, whatever they allow: `ingress of prod/db`. Profile number n is at n - 1. */
  readonly profileNames: readonly SafeText[];
  /** 8 bytes as hexadecimal digits, in the order in which keys have them: a hash over everything in `maps`. Never 0. */
  readonly generation: string;
  /** Every map of the layout, in its order. */
  readonly maps: readonly MapContent[];
}

/** A map's entries, sorted, each key once. */
export interface MapContent {
  readonly layout: MapLayout;
  readonly entries: number;
  /** One key behind the other: `entries` × `layout.key.size` bytes. */
  readonly keys: Uint8Array;
  /** The values in the same order. */
  readonly values: Uint8Array;
}
