import type { mongo } from 'mongoose';

// The driver that mongoose brings along: a second copy of it would be another type to the compiler.
export type ClientSession = mongo.ClientSession;
export type ChangeStream = mongo.ChangeStream;
export type Collection<T extends object> = mongo.Collection<T>;
export type Db = mongo.Db;
export type MongoClient = mongo.MongoClient;
