/** See the English twin. */
import create from './lazy/create.json'
import details from './lazy/details.json'
import labels from './lazy/labels.json'
import manager from './lazy/manager.json'

export const lazyMessages = { create, details, labels, manager }
