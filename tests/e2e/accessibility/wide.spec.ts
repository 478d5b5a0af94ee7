// On a desk.
import { visitEveryPage } from './every_page';

visitEveryPage({ width: 1440, height: 900 }, 'light');
