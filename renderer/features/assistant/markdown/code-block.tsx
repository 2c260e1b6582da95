import { CopyButton } from './copy-button.tsx';
import styles from './markdown.module.css';

/** Code as written, scrolling inside its own frame. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  return (
    <div className={styles['codeBlock']}>
      <div className={styles['codeHead']}>
        <span>{language ?? ''}</span>
        <CopyButton value={code} label="copyCode" />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
