import { Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { FlowProblem } from '../../../../../electron/core/contract/flows.ts';
import { goToNode } from '../actions/acts.ts';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';
import { useNames } from '../use-names.ts';
import { useProblemText } from '../use-problem-text.ts';
import classes from './dock.module.css';

/** What keeps the flow from running or deserves a look; choosing one leads there. */
export function ProblemsPanel() {
  const { t } = useTranslation('flows');
  const problems = useEditorState((state) => state.problems);
  if (problems.length === 0) {
    return (
      <div className={classes['nothing']}>
        <IconCircleCheck size={18} stroke={1.7} aria-hidden />
        <Text c="dimmed">{t('problems.none')}</Text>
      </div>
    );
  }
  return (
    <ul className={classes['problems']} aria-label={t('problems.title')}>
      {problems.map((problem, index) => (
        <li key={index}>
          <ProblemLine problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function ProblemLine({ problem }: { readonly problem: FlowProblem }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  const text = useProblemText();
  const { nodeTitle } = useNames();
  const { nodeId, edgeId, severity } = problem;
  const title = useEditorState((state) => {
    const node = documentOf(state).nodes.find((candidate) => candidate.id === nodeId);
    return node ? nodeTitle(node, state.catalogue.get(node.type)) : null;
  });
  const jump = (): void => {
    if (nodeId !== null) goToNode(editor, canvas, nodeId);
    else if (edgeId !== null) editor.select([], [edgeId]);
    else editor.select([]);
  };
  const Shape = severity === 'error' ? IconCircleX : IconAlertTriangle;
  return (
    <UnstyledButton className={classes['problem']} onClick={jump} data-severity={severity}>
      <Shape size={16} stroke={1.8} aria-label={t(`problems.${severity}`)} />
      <span>{text(problem)}</span>
      {title !== null && <span className={classes['where']}>{title}</span>}
    </UnstyledButton>
  );
}
