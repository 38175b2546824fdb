import { render } from 'preact';
import '../brand/brand.css';
import { Root } from './Root.tsx';
import './desk.css';
import './channels.css';
import './list.css';
import './detail.css';
import './forms.css';

const root = document.getElementById('app');
if (root !== null) render(<Root />, root);
