import { create } from 'zustand';
import { persist } from 'zustand/middleware';

type Sides = { readonly palette: boolean; readonly inspector: boolean };

/** Which side panels this person keeps open on a wide window; remembered in the browser profile. */
export const useSides = create<Sides>()(persist((): Sides => ({ palette: true, inspector: true }), { name: 'redoubt.flow-editor.sides' }));

export function toggleSide(side: keyof Sides): void {
  useSides.setState((sides) => ({ ...sides, [side]: !sides[side] }));
}
