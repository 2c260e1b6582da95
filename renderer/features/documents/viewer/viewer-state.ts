import { create } from 'zustand';

/** How findings are drawn over the picture: as outlines, covered as a masked copy would be, or not at all. */
export type Marks = 'outline' | 'cover' | 'off';

type ViewerState = {
  readonly zoom: number;
  readonly marks: Marks;
  /** Outlines every word that was read, with doubtful ones in another colour. */
  readonly words: boolean;
  readonly panel: boolean;
};

/** How this person looks at documents; kept from one document to the next while the page lives. */
export const useViewer = create<ViewerState>(() => ({ zoom: 1, marks: 'outline', words: false, panel: true }));

const steps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4] as const;

/** The next zoom step in a direction; 1 is the width of the window. */
export function zoomBy(direction: 1 | -1): void {
  const { zoom } = useViewer.getState();
  const next = direction === 1 ? steps.find((step) => step > zoom) : steps.findLast((step) => step < zoom);
  if (next !== undefined) useViewer.setState({ zoom: next });
}
