export { type DocumentType, documentTypes, ImageStudio, type MadeDocument } from './image-studio.js';
export { NotADocument, NotAnImage, StudioBusy } from './errors.js';
