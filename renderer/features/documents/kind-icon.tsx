import { IconFile, IconFileText, IconFileTypePdf, IconMarkdown, IconPhoto, type Icon } from '@tabler/icons-react';
import type { DocumentKind } from '../../../electron/core/contract/index.ts';

const icons: Readonly<Record<DocumentKind, Icon>> = {
  pdf: IconFileTypePdf,
  image: IconPhoto,
  text: IconFileText,
  markdown: IconMarkdown,
  unknown: IconFile,
};

/** The picture beside a document's name; the kind is written in words elsewhere. */
export function KindIcon({ kind }: { readonly kind: DocumentKind }) {
  const Picture = icons[kind];
  return <Picture size={17} stroke={1.6} color="var(--rd-dimmed)" aria-hidden style={{ flex: 'none' }} />;
}
