// The form above the matrix: its fields show the state, and change it.
import type { PageData } from '../model/page-data.ts';
import type { ViewState } from '../model/view-state.ts';
import { byId } from './element.ts';

export interface ControlEvents {
  readonly onChange: (change: Partial<ViewState>) => void;
  readonly onReset: () => void;
}

/** Returns what makes the fields show a state. */
export function createControls(data: PageData, { onChange, onReset }: ControlEvents): (state: ViewState) => void {
  const form = byId('controls', HTMLFormElement);
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=namespace]')];
  listenToFields(boxes, onChange);
  listenToFolding(data, onChange);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    onReset();
  });
  closeMenuOutside();
  form.hidden = false;
  return (state) => {
    showFields(boxes, state);
  };
}

function listenToFields(boxes: readonly HTMLInputElement[], onChange: ControlEvents['onChange']): void {
  const [text, only, zoom] = [input('text'), input('only'), input('zoom')];
  text.addEventListener('input', () => {
    onChange({ text: text.value });
  });
  only.addEventListener('change', () => {
    onChange({ onlyUsed: only.checked });
  });
  zoom.addEventListener('input', () => {
    onChange({ zoom: Number(zoom.value) });
  });
  for (const box of boxes) {
    box.addEventListener('change', () => {
      onChange({ namespaces: new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value)) });
    });
  }
}

function listenToFolding({ workloads }: PageData, onChange: ControlEvents['onChange']): void {
  const all = new Set(workloads.map(({ namespace }) => namespace));
  const none = new Set<string>();
  button('fold').addEventListener('click', () => {
    onChange({ folded: { rows: all, columns: all } });
  });
  button('unfold').addEventListener('click', () => {
    onChange({ folded: { rows: none, columns: none } });
  });
}

function showFields(boxes: readonly HTMLInputElement[], state: ViewState): void {
  const text = input('text');
  if (text.value !== state.text) text.value = state.text;
  input('only').checked = state.onlyUsed;
  input('zoom').value = String(state.zoom);
  for (const box of boxes) box.checked = state.namespaces.has(box.value);
  byId('namespaces-chosen', HTMLElement).textContent = namespacesText(state.namespaces);
}

function namespacesText(namespaces: ReadonlySet<string>): string {
  const [first = 'all', second] = [...namespaces];
  if (second !== undefined) return String(namespaces.size);
  return first === '*' ? 'outside' : first;
}

function closeMenuOutside(): void {
  const menu = byId('namespaces', HTMLDetailsElement);
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
    event.stopPropagation();
  });
}

function input(id: string): HTMLInputElement {
  return byId(id, HTMLInputElement);
}

function button(id: string): HTMLButtonElement {
  return byId(id, HTMLButtonElement);
}
