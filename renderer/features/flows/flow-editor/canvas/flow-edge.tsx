import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';
import { useEditorState } from '../state/editor-context.tsx';
import type { ViewEdge } from '../state/view-graph.ts';
import classes from './canvas.module.css';

/** An edge in the colour of what flows over it; it moves while the node it leads to is at work. */
export const FlowEdgeLine = memo(function FlowEdgeLine(props: EdgeProps<ViewEdge>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const state = useEditorState(({ progress }) => {
    const to = progress.get(target)?.state;
    if (to === 'running') return 'active';
    return progress.get(source)?.state === 'succeeded' ? 'done' : undefined;
  });
  const [path] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return (
    <g className={classes['edge']} data-port-type={data?.portType} data-state={state} data-selected={selected || undefined}>
      <BaseEdge id={id} path={path} interactionWidth={18} />
    </g>
  );
});
