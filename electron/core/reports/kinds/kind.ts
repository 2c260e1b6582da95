import type { ReportLanguage } from '../../contract/reports.ts';
import type { LeafContent } from '../../audit/leaf.ts';
import type { Section } from '../blocks.ts';
import type { ReportMatter } from '../report-json.ts';

/** What one kind of report puts in; what all have in common is added by `ReportMaker`. */
export type ReportContent = {
  readonly title: string;
  readonly matter: ReportMatter;
  readonly sections: readonly Section[];
  readonly evidence: Evidence;
};

/** The audit leaves a report rests on. */
export type Evidence = {
  /** Ids: every leaf on one of them. */
  readonly subjects?: readonly string[];
  readonly sequences?: readonly number[];
  /** May the text of this leaf stand in the report? If not, its hash and proof do. */
  readonly mayShow: (leaf: LeafContent) => boolean;
};

export type Language = ReportLanguage;
