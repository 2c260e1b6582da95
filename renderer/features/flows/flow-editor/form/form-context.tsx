import { type ComponentType, createContext, use } from 'react';
import type { Json } from '../../../../../electron/core/contract/base.ts';
import type { Path } from '../model/flow-model.ts';
import type { Field, Language, Schema } from './schema.ts';
import type { Fault } from './validate.ts';

export type FieldProps = { readonly field: Field; readonly path: Path; readonly value: Json | undefined };

export type FormContextValue = {
  /** Draws any field; lists and records draw their own through it. */
  readonly Field: ComponentType<FieldProps>;
  readonly root: Schema;
  readonly language: Language;
  readonly readOnly: boolean;
  /** What is wrong at a dotted path. */
  readonly faults: ReadonlyMap<string, Fault>;
  readonly change: (path: Path, value: Json | undefined) => void;
  /** The person left a field: the next change is a step of its own. */
  readonly settle: () => void;
};

const FormContext = createContext<FormContextValue | null>(null);
export const FormProvider = FormContext;

export function useForm(): FormContextValue {
  const form = use(FormContext);
  if (!form) throw new Error('useForm is for fields inside a SchemaForm.');
  return form;
}
