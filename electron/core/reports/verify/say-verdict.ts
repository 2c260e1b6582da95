import { sayCheck } from './checks.ts';
import { say, type Language } from './texts.ts';
import type { Verdict } from './verify-report.ts';

/** What people and programs read of a verdict. */
export type Verification = {
  verified: boolean;
  checks: { file: string; ok: boolean; message: string }[];
  /** Whom the report leads to: compare the fingerprint with what the owner of the vault says. */
  root: { subject: string; sha256: string } | null;
  proven: string[];
  notProven: string[];
};

export function sayVerdict({ verified, checks, root, proven, notProven }: Verdict, language: Language): Verification {
  const sayAll = (statements: Verdict['proven']) => statements.map(({ code, values }) => say(code, values, language));
  return {
    verified,
    checks: checks.map((check) => sayCheck(check, language)),
    root: root && { ...root },
    proven: sayAll(proven),
    notProven: sayAll(notProven),
  };
}
