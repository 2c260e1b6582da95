import { Handle, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { Port as PortOf } from '../../../../../electron/core/contract/flows.ts';
import { portKey, type PortPlace } from '../model/connections.ts';
import { useEditorState } from '../state/editor-context.tsx';
import classes from './canvas.module.css';

type Props = { readonly nodeId: string; readonly port: PortOf; readonly side: PortPlace['side'] };

/** One typed port. While a connection is drawn, the ports it may end at stand out and the others step back. */
export function Port({ nodeId, port, side }: Props) {
  const { t } = useTranslation('flows');
  const key = portKey({ node: nodeId, port: port.name, side });
  const link = useEditorState(({ linking }) => {
    if (!linking) return undefined;
    if (portKey(linking.from) === key) return 'from';
    return linking.partners.has(key) ? 'fits' : 'no';
  });
  const label = t(`ports.names.${port.name}`, { defaultValue: port.name });
  return (
    <div className={classes['port']} data-side={side} data-port-type={port.type} data-link={link}>
      <Handle
        type={side === 'output' ? 'source' : 'target'}
        position={side === 'output' ? Position.Right : Position.Left}
        id={port.name}
        className={classes['handle']}
        aria-label={t(side === 'output' ? 'ports.output' : 'ports.input', { name: label, type: t(`ports.types.${port.type}`) })}
        role="img"
      />
      <span className={classes['portName']}>
        {label}
        {port.required && side === 'input' && <span aria-hidden> *</span>}
      </span>
      {/* A port called after its type says so once. */}
      {port.name !== port.type && <span className={classes['portType']}>{t(`ports.types.${port.type}`)}</span>}
    </div>
  );
}
