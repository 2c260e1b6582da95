import { createPortal } from 'react-dom';
import type { ReactNode } from 'react';
import './print.css';

/** What the printer gets in place of the page; the screen never shows it. One `Sheet` is one page of paper. */
export function PrintSheets({ children }: { readonly children: ReactNode }) {
  return createPortal(
    <div className="rd-print" lang={document.documentElement.lang}>
      {children}
    </div>,
    document.body,
  );
}
