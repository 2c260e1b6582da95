import type { Framework } from '../contract/attestations.ts';
import { AppError } from '../errors.ts';
import type { Assessment, Check, Control, Finding, Status } from './finding.ts';
import { gbt22239 } from './frameworks/gbt22239.ts';
import { hipaa } from './frameworks/hipaa.ts';
import { pipl } from './frameworks/pipl.ts';
import type { VaultFacts } from './vault-facts.ts';

export const frameworks: Readonly<Record<Framework, readonly Control[]>> = { gbt22239, pipl, hipaa };

/**
 * Goes through the requirements of a standard and carries out each check once. A control is met when all its checks are;
 * one check that is not met, or that throws, makes it not met, and otherwise one that no program can decide makes it the
 * operator's duty.
 */
export async function assess(framework: Framework, vault: VaultFacts): Promise<Assessment> {
  const done = new Map<Check, Promise<Finding>>();
  const carryOut = (check: Check): Promise<Finding> => {
    const finding = done.get(check) ?? attempt(check, vault);
    done.set(check, finding);
    return finding;
  };
  const controls = [];
  for (const { reference, title, checks } of frameworks[framework]) {
    const findings: Finding[] = [];
    for (const check of checks) findings.push(await carryOut(check));
    controls.push({ reference, title, status: worst(findings), evidence: findings.flatMap(({ evidence }) => evidence) });
  }
  return { framework, controls };
}

async function attempt(check: Check, vault: VaultFacts): Promise<Finding> {
  try {
    return await check(vault);
  } catch (error) {
    const reason = error instanceof AppError ? `${error.code}: ${error.message}` : error instanceof Error ? error.message : String(error);
    return { status: 'not-met', evidence: [{ fact: 'failed', values: { reason } }] };
  }
}

const order: readonly Status[] = ['not-met', 'customer', 'met'];
function worst(findings: readonly Finding[]): Status {
  return order.find((status) => findings.some((finding) => finding.status === status)) ?? 'not-met';
}
