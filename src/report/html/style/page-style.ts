// The style sheets in the order in which they count.
import base from './base.css';
import colours from './colours.css';
import grid from './grid.css';
import lists from './lists.css';
import paper from './paper.css';
import picture from './picture.css';
import shapes from './shapes.css';

/** Of the page. */
export const pageStyle: string = [colours, base, picture, shapes, grid, lists, paper].join('\n');

/** Of a picture that stands for itself. */
export const pictureStyle: string = [colours, picture].join('\n');
